package io.opsautomator.testkit.internal;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** Systems Manager, as far as reading parameters. */
public final class EstateSsm implements SsmClient {
  private static final Gateway.Service SSM =
      new Gateway.Service() {
        @Override
        public String name() {
          return "Ssm";
        }

        @Override
        public AwsServiceException.Builder exception() {
          return SsmException.builder();
        }
      };

  private final Gateway gateway;
  private final Caller caller;

  public EstateSsm(Gateway gateway, Caller caller) {
    this.gateway = gateway;
    this.caller = caller;
  }

  @Override
  public GetParametersResponse getParameters(GetParametersRequest request) {
    return gateway.call(
        SSM,
        caller,
        Attempt.read("GetParameters", false).on(request.names()),
        visit -> answer(visit, request.names()));
  }

  private static GetParametersResponse answer(Visit visit, List<String> names) {
    List<Parameter> found =
        names.stream()
            .flatMap(
                name ->
                    visit.world().parameter(visit.scope(), name).stream()
                        .map(
                            value ->
                                Parameter.builder().name(name).value(value).type("String").build()))
            .toList();
    return GetParametersResponse.builder()
        .parameters(found)
        .invalidParameters(
            names.stream()
                .filter(name -> visit.world().parameter(visit.scope(), name).isEmpty())
                .toList())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // shared, and nothing to close
  }
}
