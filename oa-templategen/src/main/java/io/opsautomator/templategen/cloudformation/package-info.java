/** A CloudFormation template as a value: built, checked as a whole, and written. */
@NullMarked
package io.opsautomator.templategen.cloudformation;

import org.jspecify.annotations.NullMarked;
