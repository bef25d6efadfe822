package io.opsautomator.aws.deployment;

import io.opsautomator.aws.SessionTerms;
import io.opsautomator.resource.Scope;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an engine that shares its work with others finds table and queues, and what it is told
 * besides: read from environment variables ({@link Variable}), judged as a whole before anything is
 * connected. Immutable; holds no secret but the external id.
 *
 * @param name what marker tags and {@code {stack}} carry
 * @param table a DynamoDB table's name
 * @param payloads the bucket for what is too large for the table; empty: it is held in the table as
 *     far as that goes
 */
public record Deployment(
    String name,
    String table,
    Queues queues,
    Optional<String> payloads,
    Access access,
    Files files,
    Bounds bounds) {

  /** SQS queues, by their URLs. */
  public record Queues(URI work, URI checks, Optional<URI> deadLetters) {}

  /**
   * How AWS is reached.
   *
   * @param home the region of table and queues; empty: the one that the SDK finds
   * @param sessions how roles are assumed; named after deployment and worker unless it is said
   * @param regions what {@code *} stands for in tasks; empty: those switched on in each account
   */
  public record Access(
      Optional<String> role,
      Optional<String> externalId,
      SessionTerms sessions,
      Optional<Scope.Region> home,
      Set<Scope.Region> regions) {
    public Access {
      regions = Set.copyOf(regions);
    }
  }

  /** Files beside the program; neither is looked for here. */
  public record Files(List<Path> tasks, Optional<Path> safeguards) {
    public Files {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * @param history how long ended runs are kept
   * @param workers how many messages one process works on at once
   */
  public record Bounds(Duration history, int workers) {}

  /**
   * Reads the variables. Others are left alone, but for those that begin with {@code OA_}: they can
   * only be misspelt.
   *
   * @throws InvalidDeploymentException naming every variable that is missing, misspelt or wrong,
   *     its value, and what is allowed
   */
  public static Deployment of(Map<String, String> environment) {
    return of(environment, Set.of());
  }

  /**
   * The same for a host with variables of its own.
   *
   * @param others which variables that begin with {@code OA_} are known besides
   */
  public static Deployment of(Map<String, String> environment, Set<String> others) {
    return new EnvironmentReader(environment, others).read();
  }
}
