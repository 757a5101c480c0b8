package dev.bugle.it;

class GobgpInContainerTest extends PeerContract {
  GobgpInContainerTest() {
    super(RouterKind.GOBGP, LabKind.CONTAINER);
  }
}
