/** GPU machines of Cluster API on the API server, and their nodes in workload clusters. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.kube.clusterapi;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
