/** Installs what projects publish for their users, with webhooks by URL. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.install;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
