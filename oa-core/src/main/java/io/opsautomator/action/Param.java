package io.opsautomator.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One parameter, for every door it can come through: form, YAML, CLI, template, documentation. Its
 * wire name is the component's in upper camel case, its type and default are the component's own in
 * the record's {@code DEFAULTS}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  String label();

  String description() default "";

  /** The heading it stands under. */
  String group() default "";

  /** Must be given by the task; a default does not count. */
  boolean required() default false;

  /** Not offered in templates. */
  boolean hidden() default false;

  /** Masked in audit, logs, plans and errors; a template makes it NoEcho. */
  boolean secret() default false;

  long min() default Long.MIN_VALUE;

  long max() default Long.MAX_VALUE;

  /** Of the whole text, or of each element of a list. */
  String pattern() default "";

  /** For texts; an enum component needs none. */
  String[] allowed() default {};

  /** CloudFormation parameter type, such as AWS::EC2::VPC::Id. */
  String awsType() default "";
}
