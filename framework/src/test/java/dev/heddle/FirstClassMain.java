package dev.heddle;

/// Run by tests in a process of its own: the first class of ours that is initialised is the one
/// that is named.
final class FirstClassMain {
  private FirstClassMain() {}

  public static void main(String[] args) throws ClassNotFoundException {
    Class.forName(args[0]);
    System.out.println(ServerOptions.DEFAULT.sockets().equals(SocketOptions.DEFAULT));
  }
}
