/** Claims that Cluster API's real controllers bring to life, with machines in memory. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.clusterapi;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
