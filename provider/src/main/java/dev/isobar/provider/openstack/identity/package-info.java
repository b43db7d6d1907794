/**
 * Who the provider says it is, and where the cloud's services are: clouds.yaml, Keystone, tokens.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.openstack.identity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
