package io.opsautomator.templategen.cloudformation;

import java.util.Set;

/** What CloudFormation knows without a parameter. */
public final class Pseudo {
  public static final Value ACCOUNT_ID = Value.ref("AWS::AccountId");
  public static final Value PARTITION = Value.ref("AWS::Partition");
  public static final Value REGION = Value.ref("AWS::Region");
  public static final Value STACK_ID = Value.ref("AWS::StackId");
  public static final Value STACK_NAME = Value.ref("AWS::StackName");
  public static final Value URL_SUFFIX = Value.ref("AWS::URLSuffix");

  /** As the value of a field: the field is not there. */
  public static final Value NO_VALUE = Value.ref("AWS::NoValue");

  static final Set<String> NAMES =
      Set.of(
          "AWS::AccountId",
          "AWS::NotificationARNs",
          "AWS::NoValue",
          "AWS::Partition",
          "AWS::Region",
          "AWS::StackId",
          "AWS::StackName",
          "AWS::URLSuffix");

  private Pseudo() {}
}
