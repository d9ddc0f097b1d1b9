// Package people plays the people around a center, over the same HTTP and
// sockets as anybody else: visitors who write, agents who answer, and the
// operator who starts, kills and starts the server again. Drills and the bench
// share it; it knows nothing of the server's inside.
package people
