package io.opsautomator.cli;

import io.opsautomator.InvalidExpressionException;
import io.opsautomator.OpsAutomatorException;
import io.opsautomator.action.ActionException;
import io.opsautomator.task.InvalidTaskException;
import java.io.IOException;

/**
 * An exception in words.
 *
 * @param unexpected whether a developer should look at it
 */
record Explanation(int status, String message, boolean unexpected) {

  static Explanation of(Throwable e) {
    if (e instanceof Failure failure) {
      return new Explanation(failure.status(), text(e), false);
    }
    if (e instanceof ActionException known) {
      return new Explanation(Failure.FAILED, Told.line(known.code() + ": " + here(text(e))), false);
    }
    if (e instanceof OpsAutomatorException || e instanceof IOException) {
      return new Explanation(Failure.FAILED, text(e), false);
    }
    if (e instanceof InvalidTaskException || e instanceof InvalidExpressionException) {
      return new Explanation(Failure.BAD_INPUT, text(e), false);
    }
    return new Explanation(Failure.FAILED, e.getClass().getSimpleName() + ": " + text(e), true);
  }

  /** The libraries name their own ways out; here there are options. */
  private static String here(String remedy) {
    return remedy
        .replace("Aws.defaults().role(...)", "--role NAME")
        .replace("Aws.defaults().region(...)", "--region NAME");
  }

  private static String text(Throwable e) {
    String message = e.getMessage();
    return Told.lines(message == null ? e.toString() : message);
  }
}
