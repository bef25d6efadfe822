package io.opsautomator.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One parameter, for every door it can come through: form, YAML, CLI, template, documentation. Its
 * wire name is the component's in upper camel case; its type and default are the component's own in
 * the record's {@code DEFAULTS}. {@link ParameterSchema} lists the types.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  String label();

  String description() default "";

  /** The heading it stands under. */
  String group() default "";

  /**
   * Must be given by the task. Such a parameter's component in {@code DEFAULTS} is a mere stand-in
   * and never used; a parameter that has a sensible default is not required.
   */
  boolean required() default false;

  /** Not offered in templates. */
  boolean hidden() default false;

  /** Masked in audit, logs, plans and errors; a template makes it NoEcho. */
  boolean secret() default false;

  /** Least number, minutes of a duration, or length of a text; of each element of a list. */
  long min() default Long.MIN_VALUE;

  /** Like {@link #min}, inclusive as well. */
  long max() default Long.MAX_VALUE;

  /** RE2 syntax; of the whole text, or of each element of a list. */
  String pattern() default "";

  /** For texts and numbers, by wire form; an enum component needs none. */
  String[] allowed() default {};

  /** CloudFormation parameter type, such as AWS::EC2::VPC::Id. */
  String awsType() default "";
}
