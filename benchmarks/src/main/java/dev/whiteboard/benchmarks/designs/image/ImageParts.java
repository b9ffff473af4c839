package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.image.records.Accounts;
import dev.whiteboard.benchmarks.designs.image.records.Images;
import dev.whiteboard.benchmarks.designs.image.records.Thumbnails;
import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import java.time.InstantSource;
import java.util.function.LongConsumer;

/**
 * What the write and the retrieval service both stand on.
 *
 * @param maxBytes the longest image
 * @param changed told of every image that is shown, changed or no longer shown
 */
record ImageParts(
    Images images,
    Thumbnails thumbnails,
    ThumbnailJobs thumbnailJobs,
    Accounts accounts,
    StorageCluster storage,
    Archive archive,
    Access access,
    Limits limits,
    Codes codes,
    InstantSource clock,
    int maxBytes,
    LongConsumer changed) {}
