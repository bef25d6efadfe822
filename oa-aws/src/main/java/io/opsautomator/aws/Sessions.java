package io.opsautomator.aws;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.RefusedException;
import io.opsautomator.action.Role;
import io.opsautomator.action.TransientException;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * Credentials for each account: one session for each role, shared by all clients, renewed by the
 * next call that would otherwise come too close to its end - so an account costs no thread.
 * Everything is asked lazily and remembered once it succeeded. Thread-safe.
 */
final class Sessions {
  private static final int ROLES = 4096;
  private static final Duration STS_TIMEOUT = Duration.ofSeconds(30);

  private final Roles roles;
  private final Aws.Wire wire;
  private final SdkClientSource clients;
  private final InstantSource clock;
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
    this.clock = wire.clock();
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
    return new AssumedSession(() -> assume(role), clock);
  }

  private AwsSessionCredentials assume(Assumption role) {
    try {
      Credentials given = sts.get("").assumeRole(request(role)).credentials();
      return AwsSessionCredentials.builder()
          .accessKeyId(given.accessKeyId())
          .secretAccessKey(given.secretAccessKey())
          .sessionToken(given.sessionToken())
          .expirationTime(given.expiration())
          .build();
    } catch (SdkException failure) {
      ActionException why = Failures.translate(failure, "sts:AssumeRole", role.arn());
      throw withoutSession(role, why, failure);
    }
  }

  /**
   * What it means for the operation that was to be called. It is no refusal of that: no action may
   * take it for one. And it was certainly not made, whatever is in doubt about the session.
   */
  private ActionException withoutSession(
      Assumption role, ActionException why, SdkException failure) {
    if (why instanceof RefusedException) {
      return new ActionException("RoleNotAssumed", advice(role, failure), failure);
    }
    return why instanceof TransientException unanswered
        ? new TransientException(
            TransientException.Kind.THROTTLED,
            unanswered.code(),
            "the role could not be assumed yet - " + why.getMessage(),
            failure)
        : why;
  }

  private AssumeRoleRequest request(Assumption role) {
    SessionTerms terms = roles.terms().of(role.arn());
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder()
            .roleArn(role.arn())
            .roleSessionName(terms.name())
            .externalId(role.externalId().orElse(null))
            .policy(terms.policy().orElse(null))
            .durationSeconds(terms.length().map(time -> (int) time.toSeconds()).orElse(null))
            .overrideConfiguration(o -> o.apiCallTimeout(STS_TIMEOUT));
    if (!terms.tags().isEmpty()) {
      request.tags(new TreeMap<>(terms.tags()).entrySet().stream().map(Sessions::tag).toList());
    }
    return request.build();
  }

  private static Tag tag(Map.Entry<String, String> tag) {
    return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
  }

  private String advice(Assumption role, SdkException failure) {
    String said =
        failure instanceof SdkServiceException answer ? Failures.said(answer) : "" + failure;
    String externalId =
        role.externalId().map(id -> " with the external id in use").orElse(" without external id");
    return "the role "
        + role.arn()
        + " cannot be assumed: "
        + said
        + "; it must exist, its trust policy must name this process's identity"
        + externalId
        + taggedToo(role)
        + ", and that identity must be allowed sts:AssumeRole on it";
  }

  private String taggedToo(Assumption role) {
    return roles.terms().of(role.arn()).tags().isEmpty()
        ? ""
        : " and allow it sts:TagSession, since sessions have tags";
  }
}
