package io.opsautomator.testkit.internal;

import io.opsautomator.resource.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The one way into the estate. A call is let in alone, meets what is to go wrong, does its work, is
 * written into the ledger, and only then changes the world and answers: whoever has an answer finds
 * the call in the ledger, also after the process has been killed.
 *
 * <p>Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  private static final Set<String> ACCEPTED_ALL_THE_SAME =
      Set.of("", FaultRules.LOST, FaultRules.IDLE);

  private final InstantSource clock;
  private final long seed;
  private final World world = new World();
  private final Ledger ledger = new Ledger();
  private final FaultRules faults;
  private Pace pace = Pace.USUAL;
  private long sequence;
  private long ids;

  /** How a service's client says no: in its own exception type. */
  interface Service {
    String name();

    AwsServiceException.Builder exception();
  }

  public Gateway(InstantSource clock, long seed) {
    this.clock = clock;
    this.seed = seed;
    this.faults = new FaultRules(seed);
  }

  synchronized <T> T call(
      Service service, Caller caller, Attempt attempt, Function<Visit, T> operation) {
    Instant now = clock.instant();
    Visit visit = new Visit(this, caller.scope(), now);
    String fault = faults.decide(caller.scope(), attempt, now);
    try {
      refuse(fault, attempt);
      T answer = operation.apply(visit);
      if (fault.equals(FaultRules.IDLE)) {
        visit.forgetChanges();
      }
      write(caller, attempt, "", visit);
      loseIf(fault, attempt);
      return answer;
    } catch (Refusal refusal) {
      write(caller, attempt, refusal.code(), new Visit(this, caller.scope(), now));
      loseIf(fault, attempt);
      throw asAnswered(service, refusal);
    }
  }

  private static void refuse(String fault, Attempt attempt) {
    if (!ACCEPTED_ALL_THE_SAME.contains(fault)) {
      throw new Refusal(fault, attempt.operation() + " was answered with " + fault);
    }
    if (attempt.dryRun()) {
      throw new Refusal("DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }
  }

  private static void loseIf(String fault, Attempt attempt) {
    if (fault.equals(FaultRules.LOST)) {
      throw ApiCallTimeoutException.builder()
          .message("The answer to " + attempt.operation() + " was lost")
          .build();
    }
  }

  private void write(Caller caller, Attempt attempt, String error, Visit visit) {
    LoggedCall.Head head =
        new LoggedCall.Head(
            sequence++,
            visit.now(),
            caller.scope(),
            attempt.mutating(),
            caller.insideEffect().getAsBoolean());
    append(
        new LoggedCall(head, attempt.operation(), attempt.arguments(), error, visit.created()),
        visit);
  }

  private void append(LoggedCall call, Visit visit) {
    ids += visit.created().size();
    ledger.add(new Ledger.Line(call, visit.changes(), ids));
    visit.changes().forEach(world::apply);
  }

  private static AwsServiceException asAnswered(Service service, Refusal refusal) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .serviceName(service.name())
            .errorCode(refusal.code())
            .errorMessage(refusal.text())
            .sdkHttpResponse(SdkHttpResponse.builder().statusCode(refusal.status()).build())
            .build();
    return service
        .exception()
        .message(refusal.text())
        .statusCode(refusal.status())
        .requestId("estate")
        .awsErrorDetails(details)
        .build();
  }

  /** Changes the world from outside: nobody's call, no faults, no dry run. */
  public synchronized void arrange(Scope scope, Consumer<Arrangement> arranging) {
    Visit visit = new Visit(this, scope, clock.instant());
    arranging.accept(new Arrangement(visit));
    append(setup(scope, visit.now(), visit.created()), visit);
  }

  private LoggedCall setup(Scope scope, Instant now, List<String> created) {
    return new LoggedCall(
        new LoggedCall.Head(sequence++, now, scope, true, false),
        LoggedCall.SETUP,
        Map.of(),
        "",
        created);
  }

  public synchronized List<Scope> scopes() {
    return List.copyOf(world.scopes());
  }

  /** All there is, as text: see {@link Picture}. */
  public synchronized String picture() {
    return new Picture(world, clock.instant()).text();
  }

  public synchronized void spoil(Consumer<FaultRules> spoiling) {
    spoiling.accept(faults);
  }

  public synchronized void pace(Function<Pace, Pace> change) {
    pace = change.apply(pace);
  }

  public Instant now() {
    return clock.instant();
  }

  public synchronized List<LoggedCall> calls() {
    return ledger.calls();
  }

  /** From here on every call is also in this file, behind all there is so far. */
  public synchronized void persistTo(Path file) {
    LoggedCall call = setup(Scope.of("000000000000", "us-east-1"), clock.instant(), List.of());
    ledger.createFile(file, new Ledger.Line(call, world.changes(), ids));
  }

  public synchronized void restoreFrom(Path file) {
    for (Ledger.Line line : ledger.openFile(file)) {
      line.changes().forEach(world::apply);
      sequence = line.call().head().sequence() + 1;
      ids = line.ids();
    }
  }

  @Override
  public synchronized void close() {
    ledger.close();
  }

  World world() {
    return world;
  }

  FaultRules faults() {
    return faults;
  }

  Pace pace() {
    return pace;
  }

  long ids() {
    return ids;
  }

  long seed() {
    return seed;
  }
}
