package io.opsautomator.aws;

import io.opsautomator.action.Invocation;
import io.opsautomator.text.ParameterStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** {@code {ssm:NAME}} from Systems Manager, ten names a call. Thread-safe. */
record SsmParameters(AwsClients aws, Supplier<Invocation> caller) implements ParameterStore {
  private static final int NAMES_A_CALL = 10;

  @Override
  public Map<String, String> lookUp(Set<String> names) {
    SsmClient ssm = aws.client(SsmClient.class, caller.get());
    List<String> all = new ArrayList<>(names);
    Map<String, String> found = new HashMap<>();
    for (int from = 0; from < all.size(); from += NAMES_A_CALL) {
      List<String> some = all.subList(from, Math.min(all.size(), from + NAMES_A_CALL));
      ssm.getParameters(request -> request.names(some)).parameters().stream()
          .filter(parameter -> parameter.type() != ParameterType.SECURE_STRING)
          .forEach(parameter -> found.put(parameter.name(), parameter.value()));
    }
    return found;
  }
}
