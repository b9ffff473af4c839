package dev.whiteboard.core.id;

import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;

/**
 * Renews a lease whenever it is run, and tells the operator when that begins to fail and when it works again.
 *
 * <p><b>Thread safety.</b> For an executor that runs it periodically, and so never twice at once.
 */
final class LeaseRenewal implements Runnable {
  private final NodeLease lease;
  private final Logger logger;
  private boolean failing;

  LeaseRenewal(NodeLease lease, Logger logger) {
    this.lease = lease;
    this.logger = logger;
  }

  /** An exception is how a periodic task ends its schedule: a node that is gone does not come back. */
  @Override
  public void run() {
    boolean renewed;
    try {
      renewed = lease.renew();
    } catch (SQLException | RuntimeException e) {
      failed(e);
      return;
    }
    if (!renewed) {
      ended();
    }
    if (failing) {
      failing = false;
      logger.info("The lease of node {} is renewed again", lease.node());
    }
  }

  private void failed(Exception e) {
    if (!failing) {
      failing = true;
      logger.warn(
          "The lease of node {} cannot be renewed and ends in {}",
          lease.node(),
          lease.heldFor(),
          e);
    }
  }

  private void ended() {
    if (lease.isReleased()) {
      throw new CancellationException("node " + lease.node() + " was released");
    }
    logger.error("Node {} is lost: another process has taken it", lease.node());
    throw new CancellationException("node " + lease.node() + " was taken by another process");
  }
}
