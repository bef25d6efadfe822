/**
 * For those who write actions and stores: an AWS estate that exists in memory only, time that moves
 * when told to, and the contracts that every action and store must keep.
 */
@NullMarked
package io.opsautomator.testkit;

import org.jspecify.annotations.NullMarked;
