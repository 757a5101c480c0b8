package dev.bugle.it;

class BirdInNamespaceTest extends PeerContract {
  BirdInNamespaceTest() {
    super(RouterKind.BIRD, LabKind.NAMESPACE);
  }
}
