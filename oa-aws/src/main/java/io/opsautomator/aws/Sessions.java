package io.opsautomator.aws;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Role;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Credentials for each account: one session for each role, shared by all clients, renewed by the
 * next call that would otherwise come too close to its end - so an account costs no thread.
 * Everything is asked lazily and remembered once it succeeded. Thread-safe.
 */
final class Sessions {
  private static final String SESSION_NAME = "OpsAutomator";
  private static final int ROLES = 4096;
  private static final Duration STS_TIMEOUT = Duration.ofSeconds(30);

  private final Roles roles;
  private final Aws.Wire wire;
  private final SdkClientSource clients;
  private final AwsCredentialsProvider own;
  private final Recent<Assumption, AwsCredentialsProvider> assumed =
      new Recent<>(ROLES, this::assuming);
  private final Recent<String, CallerIdentity> identity = new Recent<>(1, key -> ask());
  private final Recent<String, Scope.Region> region = new Recent<>(1, key -> find());
  private final Recent<String, StsClient> sts = new Recent<>(1, key -> client());

  Sessions(Roles roles, Aws.Wire wire, SdkClientSource clients) {
    this.roles = roles;
    this.wire = wire;
    this.clients = clients;
    AwsCredentialsProvider found =
        wire.credentials().orElseGet(() -> DefaultCredentialsProvider.builder().build());
    this.own = () -> own(found);
  }

  /** One session for each of these. */
  private record Assumption(String arn, Optional<String> externalId) {}

  AwsCredentialsProvider credentials(Scope scope, Role named) {
    return roles
        .arn(scope, named.name(), () -> whoAmI().account())
        .map(arn -> assumed.get(new Assumption(arn, named.externalId().or(roles::externalId))))
        .orElse(own);
  }

  CallerIdentity whoAmI() {
    return identity.get("");
  }

  Scope home() {
    return new Scope(whoAmI().account(), region.get(""));
  }

  private static AwsCredentials own(AwsCredentialsProvider found) {
    try {
      return found.resolveCredentials();
    } catch (SdkClientException none) {
      throw new ActionException(
          "NoCredentials",
          "no AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY, or log in (aws sso login), or run where a role is"
              + " attached",
          none);
    }
  }

  private Scope.Region find() {
    return wire.region().orElseGet(Sessions::fromSurroundings);
  }

  private static Scope.Region fromSurroundings() {
    try {
      return new Scope.Region(new DefaultAwsRegionProviderChain().getRegion().id());
    } catch (SdkClientException none) {
      throw new ActionException(
          "NoRegion",
          "no AWS region was found: set AWS_REGION, or a region in the profile, or name one with"
              + " Aws.defaults().region(...)",
          none);
    }
  }

  /** Of none of its calls does anything change, so here the SDK may ask again by itself. */
  private StsClient client() {
    return infrastructure(StsClient.class);
  }

  /** A client of one's own account and region that asks again by itself. */
  <C extends SdkClient> C infrastructure(Class<C> type) {
    return clients.build(
        type, region.get(""), own, AwsRetryStrategy.forRetryMode(RetryMode.STANDARD));
  }

  private CallerIdentity ask() {
    try {
      GetCallerIdentityResponse answer =
          sts.get("")
              .getCallerIdentity(
                  request -> request.overrideConfiguration(o -> o.apiCallTimeout(STS_TIMEOUT)));
      return CallerIdentity.of(answer.account(), answer.arn());
    } catch (SdkException failure) {
      throw Failures.translate(
          failure, "sts:GetCallerIdentity", region.get("").value() + " (who am I?)");
    }
  }

  private AwsCredentialsProvider assuming(Assumption role) {
    AssumeRoleRequest request =
        AssumeRoleRequest.builder()
            .roleArn(role.arn())
            .roleSessionName(SESSION_NAME)
            .externalId(role.externalId().orElse(null))
            .overrideConfiguration(o -> o.apiCallTimeout(STS_TIMEOUT))
            .build();
    AwsCredentialsProvider session =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts.get(""))
            .refreshRequest(request)
            .asyncCredentialUpdateEnabled(false)
            .build();
    return () -> session(session, role);
  }

  private AwsCredentials session(AwsCredentialsProvider session, Assumption role) {
    try {
      return session.resolveCredentials();
    } catch (SdkException failure) {
      ActionException why = Failures.translate(failure, "sts:AssumeRole", role.arn());
      if (why instanceof RefusedException) {
        // Not the refusal of the operation that was to be called: no action may take it for one.
        throw new ActionException("RoleNotAssumed", advice(role, why), failure);
      }
      throw why;
    }
  }

  private String advice(Assumption role, ActionException why) {
    String externalId =
        role.externalId().map(id -> " with the external id in use").orElse(" without external id");
    return "the role "
        + role.arn()
        + " cannot be assumed: it must exist, its trust policy must name this process's identity"
        + externalId
        + ", and that identity must be allowed sts:AssumeRole on it - "
        + why.getMessage();
  }
}
