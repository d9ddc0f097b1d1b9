// Package drill tests the whole: the real process with people around it, killed
// and starved, and what must hold afterwards. Only its tests have code.
package drill
