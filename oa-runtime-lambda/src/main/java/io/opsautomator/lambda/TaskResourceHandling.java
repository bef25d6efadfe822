package io.opsautomator.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.OpsAutomator;
import io.opsautomator.action.ParameterSchema.Violation;
import io.opsautomator.lambda.Event.Change;
import io.opsautomator.task.Task;
import io.opsautomator.task.TaskName;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tasks that stacks declare as {@code Custom::TaskConfig} resources; such a resource is
 * what task templates are about. Its physical id is the task's name.
 *
 * <p>A stack owns the task that it has made, and no other. So a task that was there before is never
 * replaced by the making of a resource; and what could not be made gets an id that no task can
 * have, for CloudFormation takes away again under that id what it believes was made halfway. Only
 * when nobody knows whether it was made is the id the task's: then it is to be taken away.
 *
 * <p>A stack waits for an answer. So everything that goes wrong is one, in words, whether it is
 * wrong with the request or here. Requests may come twice: making what is there just as it is
 * wanted, and taking away what is not there, are done already. Only an answer that does not arrive
 * is thrown, so that the platform repeats the invocation.
 */
final class TaskResourceHandling {
  private static final Logger LOG = LoggerFactory.getLogger(TaskResourceHandling.class);
  private static final String TYPE = "Custom::TaskConfig";
  private static final String NOT_MADE = "not-made:";

  /** CloudFormation takes no longer answers. */
  private static final int LONGEST_ANSWER = 4096;

  private static final int LONGEST_REASON = 1000;

  private static final JsonMapper JSON = new JsonMapper();

  private final OpsAutomator ops;
  private final Answers answers;

  /** Takes answers, JSON, to where they are waited for. */
  @FunctionalInterface
  interface Answers {
    void send(String url, String answer);
  }

  TaskResourceHandling(OpsAutomator ops, Answers answers) {
    this.ops = ops;
    this.answers = answers;
  }

  /** What is to be told: the id, and why it failed, if it did. */
  private record Told(String id, Optional<String> failure) {
    static Told done(String id) {
      return new Told(id, Optional.empty());
    }

    static Told failed(String id, String why) {
      return new Told(id, Optional.of(why));
    }
  }

  /** The same as the stack is told. */
  Map<String, Object> handle(Event.Stack event) {
    Told told = event.change() == Change.DELETE ? remove(event) : make(event);
    int most = LONGEST_REASON;
    Map<String, Object> answer = answer(event, told, most);
    while (json(answer).getBytes(StandardCharsets.UTF_8).length > LONGEST_ANSWER && most > 1) {
      most /= 2;
      answer = answer(event, told, most);
    }
    answers.send(event.answerTo().url(), json(answer));
    return answer;
  }

  private static Map<String, Object> answer(Event.Stack event, Told told, int most) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Status", told.failure().isPresent() ? "FAILED" : "SUCCESS");
    told.failure().ifPresent(why -> answer.put("Reason", shortened(why, most)));
    answer.put("PhysicalResourceId", told.id());
    answer.put("StackId", event.answerTo().stack());
    answer.put("RequestId", event.answerTo().request());
    answer.put("LogicalResourceId", event.answerTo().resource());
    return answer;
  }

  private static String json(Map<String, Object> answer) {
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are not JSON: " + answer, e);
    }
  }

  private static String shortened(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }

  private Told make(Event.Stack event) {
    if (!event.type().equals(TYPE)) {
      return refused(event, "this function keeps " + TYPE + ", and no " + event.type());
    }
    TaskProperties.Read read = TaskProperties.read(event.properties());
    if (read.task().isEmpty()) {
      return refused(event, read.problems());
    }
    Task task = read.task().get();
    boolean isNew = event.change() == Change.CREATE || !task.name().value().equals(event.id());
    try {
      if (isNew && isAnother(task)) {
        return refused(
            event,
            "there is a task "
                + task.name().value()
                + " already, which this stack has not made; give the stack another name, or remove"
                + " that task first");
      }
    } catch (RuntimeException e) {
      return refused(event, broken("looking for task " + task.name().value(), e));
    }
    return put(event, task);
  }

  /** One of this name is there, and is not just what is wanted. */
  private boolean isAnother(Task task) {
    return ops.tasks().stream()
        .filter(it -> it.name().equals(task.name()))
        .anyMatch(it -> !it.equals(task));
  }

  private Told put(Event.Stack event, Task task) {
    String name = task.name().value();
    try {
      List<Violation> wrong = ops.put(task);
      return wrong.isEmpty()
          ? Told.done(name)
          : refused(
              event, wrong.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    } catch (RuntimeException e) {
      String id = event.change() == Change.CREATE ? name : event.id();
      return Told.failed(id, broken("storing task " + name, e));
    }
  }

  /** Nothing has changed. An update that fails leaves what is there, so it keeps its id. */
  private static Told refused(Event.Stack event, String why) {
    boolean isNew = event.change() == Change.CREATE;
    return Told.failed(isNew ? NOT_MADE + event.answerTo().request() : event.id(), why);
  }

  private static String broken(String what, RuntimeException e) {
    LOG.error("A stack is told that {} has failed", what, e);
    return what
        + " failed, which is no fault of the template: "
        + e.getMessage()
        + "; try again, and see the log of the function that keeps tasks";
  }

  private Told remove(Event.Stack event) {
    Optional<TaskName> task = taskOf(event.id());
    try {
      task.ifPresent(ops::remove);
      return Told.done(event.id());
    } catch (RuntimeException e) {
      return Told.failed(event.id(), broken("removing task " + event.id(), e));
    }
  }

  /** Empty if no task can have that id. */
  private static Optional<TaskName> taskOf(String id) {
    try {
      return id.startsWith(NOT_MADE) ? Optional.empty() : Optional.of(new TaskName(id));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }
}
