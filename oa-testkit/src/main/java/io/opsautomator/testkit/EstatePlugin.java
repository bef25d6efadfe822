package io.opsautomator.testkit;

import io.opsautomator.OpsAutomator;
import io.opsautomator.aws.AwsClients;
import io.opsautomator.aws.Ec2Selectors;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.text.ParameterStore;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;

/** What AWS brings to an engine, from an estate. */
record EstatePlugin(Estate estate) implements OpsAutomator.Plugin, Territory, ParameterStore {
  @Override
  public void install(OpsAutomator.Builder builder) {
    AwsClients clients = estate.clients();
    builder.provide(AwsClients.class, clients);
    builder.provide(ParameterStore.class, this);
    builder.territory(this);
    Ec2Selectors.of(clients).forEach(builder::selector);
  }

  @Override
  public Scope home() {
    return Estate.HOME;
  }

  @Override
  public Set<Scope.Region> regions(Scope.AccountId account) {
    return estate.scopes().stream()
        .filter(scope -> scope.account().equals(account))
        .map(Scope::region)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Map<String, String> lookUp(Set<String> names) {
    return estate
        .unguarded(SsmClient.class, Estate.HOME)
        .getParameters(r -> r.names(names))
        .parameters()
        .stream()
        .collect(Collectors.toUnmodifiableMap(Parameter::name, Parameter::value));
  }
}
