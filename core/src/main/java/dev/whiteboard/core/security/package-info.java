/**
 * Who may do what: by a signature in the link, or by who asks.
 *
 * <p>{@link dev.whiteboard.core.security.SignedLink} gives whoever holds a link one request until a time, with no
 * session and no table. {@link dev.whiteboard.core.security.Permissions} decides from the owner, the roles and the
 * visibility of a resource; {@link dev.whiteboard.core.security.Subject} asks, {@link
 * dev.whiteboard.core.security.Resource} is asked for. All are immutable.
 */
@NullMarked
package dev.whiteboard.core.security;

import org.jspecify.annotations.NullMarked;
