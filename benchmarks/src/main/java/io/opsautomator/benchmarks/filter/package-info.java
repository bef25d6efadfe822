/** Tag filters beside the expression languages that people use for it. */
@NullMarked
package io.opsautomator.benchmarks.filter;

import org.jspecify.annotations.NullMarked;
