/**
 * What is done next for a GPU machine of Cluster API, and what is said of it; pure. The contract is
 * that of InfraMachines, version v1beta2.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.clusterapi;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
