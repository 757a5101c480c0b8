package dev.bugle.it;

class BirdInContainerTest extends PeerContract {
  BirdInContainerTest() {
    super(RouterKind.BIRD, LabKind.CONTAINER);
  }
}
