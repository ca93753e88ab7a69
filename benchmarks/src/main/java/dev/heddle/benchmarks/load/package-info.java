/// The load generator: drives thousands of connections from one thread and checks every reply.
///
/// The path of a message, visible in file names: `LoadLoop` turns its selector; a [Timetable] says
/// which message is due; `LoadConnection` writes it out of the [RequestStream]; the [ReplyReader]
/// of the [Exchange] checks the reply; [Conversation] knows how long it took; [Tally] counts it.
@NullMarked
package dev.heddle.benchmarks.load;

import org.jspecify.annotations.NullMarked;
