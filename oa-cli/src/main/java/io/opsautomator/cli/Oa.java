package io.opsautomator.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The commands, and what is common to them. */
@Command(
    name = "oa",
    description = "Runs operations on cloud resources, across accounts and regions.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit status:%n",
    footer = {"  0  all is well", "  1  something failed", "  2  the input is wrong"})
final class Oa implements Callable<Integer> {
  private final Surroundings world;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the trace of what went wrong.")
  private boolean debug;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Tell on the standard error what is going on.")
  void verbose(boolean on) {
    if (on) {
      Logging.informative();
    }
  }

  private Oa(Surroundings world) {
    this.world = world;
  }

  /**
   * Runs one command line.
   *
   * @return the exit status
   */
  static int run(Surroundings world, String... arguments) {
    Logging.setUp(world.err());
    return commandLine(world).execute(arguments);
  }

  static CommandLine commandLine(Surroundings world) {
    Oa oa = new Oa(world);
    CommandLine line = new CommandLine(oa);
    line.addSubcommand(new DemoCommand(world));
    line.addSubcommand(new InitCommand(world));
    line.addSubcommand(new NewActionCommand(world));
    line.addSubcommand(new ValidateCommand(world));
    line.addSubcommand(new PreviewCommand(world));
    line.addSubcommand(new PlanCommand(world));
    line.addSubcommand(new ExplainCommand(world));
    line.addSubcommand(new RunCommand(world));
    line.addSubcommand(new ServeCommand(world));
    line.addSubcommand(new HistoryCommand(world));
    line.addSubcommand(new TasksCommand(world));
    line.addSubcommand(new PauseCommand(world));
    line.addSubcommand(new ResumeCommand(world));
    line.addSubcommand(new ReportCommand(world));
    line.addSubcommand(new ApproveCommand(world));
    line.addSubcommand(new CancelCommand(world));
    line.addSubcommand(new RedriveCommand(world));
    line.addSubcommand(StoreCommand.in(world));
    line.addSubcommand(AwsCommand.in(world));
    line.addSubcommand(new ActionsCommand(world));
    line.addSubcommand(new TemplateCommand(world));
    line.addSubcommand(new WhoamiCommand(world));
    line.addSubcommand(check(world));
    line.addSubcommand(new RehearseCommand());
    line.setOut(world.out());
    line.setErr(world.err());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(world.style() == Style.COLOURED ? Ansi.ON : Ansi.OFF));
    line.setParameterExceptionHandler((e, args) -> misunderstood(world, e));
    line.setExecutionExceptionHandler((e, command, result) -> oa.failed(e));
    return line;
  }

  private static CommandLine check(Surroundings world) {
    CommandLine check = new CommandLine(new CheckCommand());
    check.addSubcommand(new CheckSchedulesCommand(world));
    check.addSubcommand(new CheckFiltersCommand(world));
    return check;
  }

  /** Without a command: what there is. */
  @Override
  public Integer call() {
    commandLine(world).usage(world.out());
    return Failure.OK;
  }

  private static int misunderstood(Surroundings world, ParameterException e) {
    CommandLine command = e.getCommandLine();
    Style style = world.errorStyle();
    world.err().println(style.bad("oa: ") + Told.lines(String.valueOf(e.getMessage())));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, world.err());
    world.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return Failure.BAD_INPUT;
  }

  private int failed(Exception e) {
    Explanation why = Explanation.of(e);
    world.err().println(world.errorStyle().bad("oa: ") + why.message());
    if (debug) {
      e.printStackTrace(world.err());
    } else if (why.unexpected()) {
      world.err().println("This was not foreseen; --debug shows where it happened.");
    }
    return why.status();
  }
}
