package io.opsautomator.templategen.cloudformation;

/**
 * One text, number or boolean.
 *
 * @param raw a String, BigDecimal or Boolean
 */
record Scalar(Object raw) implements Value {}
