package io.opsautomator.testkit.internal;

import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Where all EC2 calls of one caller go in. */
record Ec2Desk(Gateway gateway, Caller caller) {
  private static final Gateway.Service EC2 =
      new Gateway.Service() {
        @Override
        public String name() {
          return "Ec2";
        }

        @Override
        public AwsServiceException.Builder exception() {
          return Ec2Exception.builder();
        }
      };

  <T> T call(Attempt attempt, Function<Visit, T> operation) {
    return gateway.call(EC2, caller, attempt, operation);
  }
}
