// Package webhook tells programs elsewhere of the changes of a workspace.
//
// A [Webhook] is an address that gets messages by POST, signed as in Standard Webhooks. A message has up to 100 changes, as
// the list of changes has them ([Message]). Messages of a webhook come in order, one after the other: the next one is sent
// when the one before has been taken, with an answer of 200 to 299, or is given up.
//
//   - A message that is not taken is sent again after 5 seconds, then after twice as long each time, up to an hour. Waits
//     vary by half, so that receivers that were away are not met by all at once.
//   - After 24 hours ([GiveUpAfter]) it is dead: listed, and sent again when somebody asks for it ([Hooks.Replay]). The messages
//     after it go on. A receiver that answers 410 wants no more: the message is dead, and the webhook off.
//   - A message may come twice, with the same webhook-id, if the answer to the first one was lost. A replay has that id too,
//     and is the only thing that comes out of order.
//
// [Hooks] keeps webhooks, and [Hooks.Run] sends. It runs in every process; of those on one database one sends to a webhook
// at a time, by a lease of a minute. Their clocks must not differ by more than that.
//
// A process sends to 64 webhooks at once, at most four of them of one workspace. Where there are more, workspaces take turns,
// and in a workspace whoever has waited longest comes first; a turn is one message then. So slow receivers delay the messages
// of their own workspace.
//
// # Whom it talks to
//
// An address is chosen by a client of the API, so the server must not be led to what only it can reach. A message goes only
// to https, and only to public addresses: the address is looked at when the connection is made, after names are resolved.
// Redirects are not followed, proxies not used, and of an answer only the status counts. Options.Private takes these bounds
// away, for tests and for receivers in the same network.
//
// # Design
//
// The log of changes is the queue. A webhook has a position in it, and a delivery has the numbers of its changes, not their
// text: the text is read when it is sent. So nothing is lost when a process ends, nothing has to be written when a record
// is, and an erased person is not in what is sent or replayed later. A delivery is made when the one before is finished;
// a webhook whose receiver is away for long costs one row.
//
// Whether there is something to send is found once a second by the ends of all logs, in one statement for a thousand
// workspaces, and by the messages that are due. Webhooks are read only of workspaces in which something has happened.
package webhook
