package io.opsautomator.aws;

import io.opsautomator.action.Role;
import io.opsautomator.resource.Scope;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * The SDK's own clients, one for each interface, account, region and role.
 *
 * <p>However many accounts there are, they share one HTTP client and one thread for time-outs; a
 * client of its own would bring five threads each. And nothing is retried in here: a call that is
 * sent twice behind the journal's back would make "at most once" a lie. Who may ask again is the
 * engine's decision. Thread-safe.
 */
final class SdkClientSource implements ClientSource, AutoCloseable {
  private static final int CLIENTS = 512;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  private final SdkHttpClient http;
  private final boolean ownsHttp;
  private final ScheduledExecutorService timeouts = daemon();
  private final Sessions sessions;
  private final Recent<Key, SdkClient> clients = new Recent<>(CLIENTS, this::build);

  private record Key(Class<? extends SdkClient> type, Scope scope, Role role) {}

  SdkClientSource(Roles roles, Aws.Wire wire) {
    ownsHttp = wire.http().isEmpty();
    SdkHttpClient direct = wire.http().orElseGet(SdkClientSource::urlConnection);
    http =
        wire.endpoint()
            .<SdkHttpClient>map(address -> new EmulatedEndpoint(direct, address))
            .orElse(direct);
    sessions = new Sessions(roles, wire, this);
  }

  private static SdkHttpClient urlConnection() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(READ_TIMEOUT)
        .build();
  }

  private static ScheduledExecutorService daemon() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "ops-automator-aws-timeouts");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  Sessions sessions() {
    return sessions;
  }

  @Override
  public <C extends SdkClient> C unguarded(Class<C> type, Scope scope) {
    return unguarded(type, scope, Role.DEFAULT);
  }

  @Override
  public <C extends SdkClient> C unguarded(Class<C> type, Scope scope, Role role) {
    return type.cast(clients.get(new Key(type, scope, role)));
  }

  private SdkClient build(Key key) {
    return build(
        key.type(),
        key.scope().region(),
        sessions.credentials(key.scope(), key.role()),
        AwsRetryStrategy.doNotRetry());
  }

  /** A client by its interface, of whatever service; they all have the same builder. */
  <C extends SdkClient> C build(
      Class<C> type,
      Scope.Region region,
      AwsCredentialsProvider credentials,
      RetryStrategy retries) {
    AwsClientBuilder<?, ?> builder = builder(type);
    builder.region(Region.of(region.value()));
    builder.credentialsProvider(credentials);
    builder.overrideConfiguration(
        settings -> {
          settings
              .retryStrategy(retries)
              .scheduledExecutorService(timeouts)
              .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "ops-automator");
          if (credentials instanceof AssumedSession session) {
            settings.addExecutionInterceptor(new SessionEnd(session));
          }
        });
    ((SdkSyncClientBuilder<?, ?>) builder).httpClient(http);
    return type.cast(builder.build());
  }

  private static AwsClientBuilder<?, ?> builder(Class<?> type) {
    try {
      return (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
    } catch (InvocationTargetException | IllegalAccessException | NoSuchMethodException other) {
      throw new IllegalArgumentException(
          type.getName() + " is not the interface of an SDK client: no builder()", other);
    }
  }

  @Override
  public void close() {
    timeouts.shutdownNow();
    if (ownsHttp) {
      http.close();
    }
  }
}
