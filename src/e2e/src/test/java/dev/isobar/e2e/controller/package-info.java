/** The controllers of Cluster API and Sveltos. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.controller;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
