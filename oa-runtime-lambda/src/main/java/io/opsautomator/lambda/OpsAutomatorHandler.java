package io.opsautomator.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsautomator.aws.Aws;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * The one handler of all functions of a deployment: an event says by its shape what is to be done.
 *
 * <ul>
 *   <li>EventBridge's scheduled event, or {@code {"action": "tick"}}: fires what is due and watches
 *       over open runs; once a minute.
 *   <li>Records of an SQS queue: works on them, and answers {@code batchItemFailures}; the mapping
 *       has to say {@code ReportBatchItemFailures}.
 *   <li>CloudFormation's request for a {@code Custom::TaskConfig}: makes, changes or removes a
 *       task, and tells the stack.
 *   <li>{@code {"action": "describe-tasks"}} and {@code start-task}, with {@code parameters}: what
 *       the original's command line asks.
 * </ul>
 *
 * <p>Set up by environment variables ({@link io.opsautomator.aws.deployment.Variable}); a function
 * whose variables are wrong fails when it is initialised, naming them. What fails later is thrown,
 * so that the platform repeats the invocation, or puts it where failed ones go.
 */
public class OpsAutomatorHandler implements RequestStreamHandler {
  private static final JsonMapper JSON = new JsonMapper();

  private final Host host;

  /**
   * As the platform makes it.
   *
   * @throws io.opsautomator.aws.deployment.InvalidDeploymentException naming all variables of the
   *     environment that are wrong
   */
  public OpsAutomatorHandler() {
    this(FunctionSetup.of(System.getenv(), Aws.defaults()));
  }

  OpsAutomatorHandler(Host host) {
    this.host = host;
  }

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    Event event = EventReader.read(in);
    Duration remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
    Map<String, Object> answer = host.handle(event, context.getAwsRequestId(), remaining);
    JSON.writeValue(out, answer);
  }
}
