package io.opsautomator.action;

import io.opsautomator.dispatch.ConcurrencyKey;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.Unit;
import java.util.List;

/**
 * One kind of operations work, such as "create an EBS snapshot". Stateless and thread-safe: one
 * instance serves all.
 *
 * @param <P> the parameters a task supplies; the record's components are the form a user fills in
 */
public interface Action<P extends Record> {
  /** Constant data; must not touch anything the action was constructed with. */
  ActionMetadata<P> metadata();

  /**
   * Does the work. May be called several times for one execution (after a crash, a wait, a lost
   * lease), each time from the top: what {@link Effects} has recorded is then answered from the
   * journal, so it reads like straight-line code.
   *
   * @throws ActionException to fail with a reason an operator can act on
   */
  Outcome execute(ActionContext<P> context);

  /** The limits for one set of parameters; override when they depend on what the task asked for. */
  default ActionMetadata.Limits limits(P parameters) {
    return metadata().limits();
  }

  /**
   * Rules between parameters; returns what is wrong, in words for the task's author. Called
   * offline.
   */
  default List<ParameterSchema.Violation> check(P parameters) {
    return List.of();
  }

  /**
   * Looks closer at each selected resource and keeps, enriches or drops it. May read, never write.
   */
  interface Refining<P extends Record, R extends Record> extends Action<P> {
    Choice<R> refine(Resource<R> resource, P parameters, Invocation caller);
  }

  /**
   * Splits an aggregation group its own way; each list becomes one execution. Must be
   * deterministic.
   */
  interface Regrouping<P extends Record, R extends Record> extends Action<P> {
    List<List<Resource<R>>> regroup(List<Resource<R>> group, P parameters);
  }

  /** Shares a concurrency limit with other executions; without it the key is the action's name. */
  interface Keyed<P extends Record> extends Action<P> {
    ConcurrencyKey concurrencyKey(Unit unit, P parameters);
  }
}
