/** CloudFormation templates, IAM policies and JSON Schemas from what actions say of themselves. */
@NullMarked
package io.opsautomator.templategen;

import org.jspecify.annotations.NullMarked;
