/** A Kubernetes API server with its etcd and its controllers, and what it noted about writes. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.apiserver;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
