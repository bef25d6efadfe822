/**
 * When a task fires: {@link io.opsautomator.schedule.Schedule}, a pure function of an instant, and
 * {@link io.opsautomator.schedule.CronExpression}, the cron dialect of Ops Automator 2.2.
 *
 * <p>Where that one's evaluation was defective, this one is sensible: a day that a month lacks does
 * not match (there {@code 1-31} failed in April), {@code ^} and {@code $} work for hours, macros
 * work, no listed month is jumped over, a changed clock moves no firing by an hour, and {@code
 * monl} or {@code junuary} are refused rather than read as {@code mon} and {@code jun}.
 */
@NullMarked
package io.opsautomator.schedule;

import org.jspecify.annotations.NullMarked;
