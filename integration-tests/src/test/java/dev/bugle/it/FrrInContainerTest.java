package dev.bugle.it;

class FrrInContainerTest extends PeerContract {
  FrrInContainerTest() {
    super(RouterKind.FRR, LabKind.CONTAINER);
  }
}
