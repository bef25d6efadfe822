/** The engine as a bean of a Spring Boot application. */
@NullMarked
package io.opsautomator.examples.spring;

import org.jspecify.annotations.NullMarked;
