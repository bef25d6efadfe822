package io.opsautomator.aws.sqs;

import io.opsautomator.dispatch.Message;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The standard queues of one deployment. Completion checks have one of their own, since they are
 * put back again and again while they wait, and that counts as received. Immutable.
 *
 * @param work selections, starts and looks at runs
 * @param checks completion checks
 * @param dead where both put what was received too often. What is received from it ends the
 *     execution, or the listing, in words that say so; empty: somebody has to look into it
 */
public record SqsQueues(URI work, URI checks, Optional<URI> dead) {
  /** Which of them. */
  public enum Role {
    WORK(20),
    CHECKS(1000),
    DEAD(Integer.MAX_VALUE);

    private final int receives;

    Role(int receives) {
      this.receives = receives;
    }

    /** How often a message may be received before it goes to the dead letters. */
    public int receives() {
      return receives;
    }

    static Role of(Message message) {
      return message instanceof Message.Check ? CHECKS : WORK;
    }
  }

  /**
   * Makes the three queues {@code <name>-work}, {@code <name>-checks} and {@code <name>-dead}, or
   * gives those that exist these settings: messages are kept for 14 days, and are dead after so
   * many receives. New ones are encrypted with a key of SQS. Doing it again is harmless.
   *
   * @param name letters, digits, hyphens and underscores, up to 73
   */
  public static SqsQueues create(SqsClient sqs, String name) {
    return new QueueMaker(sqs).make(name);
  }

  /** Where a queue is; the dead letters' is empty if none is known. */
  public Optional<URI> url(Role role) {
    return switch (role) {
      case WORK -> Optional.of(work);
      case CHECKS -> Optional.of(checks);
      case DEAD -> dead;
    };
  }

  /**
   * Which of them has this name, as the end of its URL or ARN says it.
   *
   * @param arn such as {@code arn:aws:sqs:eu-west-1:111122223333:ops-work}
   */
  public Optional<Role> role(String arn) {
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    for (Role role : Role.values()) {
      if (url(role).filter(url -> name.equals(name(url))).isPresent()) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  private static String name(URI url) {
    String text = url.toString();
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
