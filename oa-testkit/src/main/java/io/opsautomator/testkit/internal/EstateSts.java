package io.opsautomator.testkit.internal;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** STS, as far as asking who one is. */
public final class EstateSts implements StsClient {
  private static final Gateway.Service STS =
      new Gateway.Service() {
        @Override
        public String name() {
          return "Sts";
        }

        @Override
        public AwsServiceException.Builder exception() {
          return StsException.builder();
        }
      };

  private final Gateway gateway;
  private final Caller caller;

  public EstateSts(Gateway gateway, Caller caller) {
    this.gateway = gateway;
    this.caller = caller;
  }

  @Override
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    return gateway.call(
        STS,
        caller,
        Attempt.read("GetCallerIdentity", false),
        visit ->
            GetCallerIdentityResponse.builder()
                .account(visit.account())
                .arn("arn:aws:sts::" + visit.account() + ":assumed-role/estate/operator")
                .userId("AROAESTATE:operator")
                .build());
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
