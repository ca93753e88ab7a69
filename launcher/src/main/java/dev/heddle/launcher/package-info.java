/// What command-line servers share. Start with [dev.heddle.launcher.Launcher].
package dev.heddle.launcher;
