/**
 * The controllers of Cluster API, of its OpenStack provider and of Sveltos, under their own roles.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.controller;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
