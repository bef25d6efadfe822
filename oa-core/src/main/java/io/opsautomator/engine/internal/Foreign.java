package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.store.StoreException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls code that others have brought: actions and selectors. Whatever is wrong with it fails what
 * it was called for, with a reason; tried again it would only fail again. What the engine throws
 * through it - a store that does not answer, an action that is left before its end - goes through.
 */
final class Foreign {
  private static final Logger LOG = LoggerFactory.getLogger(Foreign.class);

  private Foreign() {}

  /**
   * @throws ActionException the code's own, or in place of what it must not throw
   */
  static <T> T call(Job<?> job, Supplier<T> code) {
    try {
      return code.get();
    } catch (ActionException | StoreException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error("{} failed unexpectedly", job.metadata().name(), job.secrets().masked(e));
      throw new ActionException("ERR_UNEXPECTED", e.toString(), e);
    }
  }
}
