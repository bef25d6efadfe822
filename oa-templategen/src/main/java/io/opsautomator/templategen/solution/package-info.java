/** What a deployment on AWS consists of, as one CloudFormation template. */
@NullMarked
package io.opsautomator.templategen.solution;

import org.jspecify.annotations.NullMarked;
