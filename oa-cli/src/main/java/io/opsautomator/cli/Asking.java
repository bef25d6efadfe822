package io.opsautomator.cli;

import io.opsautomator.aws.AwsConnection;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Run;
import io.opsautomator.store.Store;
import io.opsautomator.task.Safeguards;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the commands have in common that ask something of a run: if another {@code oa} is at work on
 * the store, it is asked to; else the run is gone on with here, to its end.
 */
final class Asking {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Required without a terminal, unless an oa is at work.")
  private boolean yes;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private AwsOptions options = new AwsOptions();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private SafeguardsOption safeguards = new SafeguardsOption();

  /**
   * @param asked finds out what to ask, in what is stored
   * @param what in words, for a run; such as {@code the next wave goes}
   * @return the exit status
   */
  int call(Surroundings world, Function<Store, ? extends Request.OfRun> asked, String what)
      throws IOException, InterruptedException {
    Request.OfRun request;
    Run found;
    try (SqliteStore open = StoredRuns.open(store)) {
      request = asked.apply(open);
      found = StoredRuns.find(open, request.run().value());
    }
    if (SqliteStore.isOpen(store.folder())) {
      Inbox.ask(store.folder(), request);
      world.out().println(what + ", by the oa that is at work on " + store.folder());
      return Failure.OK;
    }
    Optional<String> refused = request.refusedBy(found);
    if (refused.isPresent()) {
      throw Failure.failed(refused.get());
    }
    Safeguards bounds = safeguards.inForce(world);
    Consent consent = new Consent(world, options, yes);
    consent.requirePossible();
    Progress progress = new Progress(world);
    try (AwsConnection connection = options.aws(world).connect()) {
      connection.whoAmI();
      try (Session session =
          new Session(world, store, new Session.Given(connection, bounds), progress)) {
        CountedRun known = CountedRun.of(found, session.engine().executions(found.id()));
        HistoryText text = new HistoryText(world.err(), world.errorStyle());
        consent.ask(connection, plans -> text.runs(List.of(known)));
        request.to(session.engine());
        session.engine().work();
        Run ended = session.engine().await(found.id());
        progress.clear();
        int status = new RunReport(world, store, json).of(session.engine(), List.of(ended));
        return request.metBy(ended) ? Failure.OK : status;
      }
    }
  }
}
