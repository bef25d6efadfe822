package io.opsautomator.aws;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Keeps all calls in memory, for tests, benchmarks and short tools. Thread-safe. */
public final class CallRecorder implements CallListener {
  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();

  @Override
  public void called(AwsCall call) {
    calls.add(call);
  }

  /** In the order in which they ended. */
  public List<AwsCall> calls() {
    return List.copyOf(calls);
  }

  /** Those that are not known to be reads, whether or not the guard let them through. */
  public List<AwsCall> mutating() {
    return calls.stream().filter(AwsCall::mutating).toList();
  }

  /** What was called, as IAM writes it: what a role has to permit. */
  public Set<String> permissions() {
    return calls.stream().map(AwsCall::permission).collect(Collectors.toUnmodifiableSet());
  }

  public void clear() {
    calls.clear();
  }
}
