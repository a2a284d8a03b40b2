//go:build unix

package main

import "syscall"

// keepToOneself makes what is written readable by its owner alone: a data folder
// holds names and keys. What is meant for everybody says so.
func keepToOneself() { syscall.Umask(0o077) }
