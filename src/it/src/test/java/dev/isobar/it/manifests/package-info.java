/** The plain manifests beside the packages: what Prometheus, Grafana and Argo CD are told of us. */
@CheckReturnValue
@NullMarked
package dev.isobar.it.manifests;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
