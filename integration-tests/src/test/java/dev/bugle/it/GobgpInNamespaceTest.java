package dev.bugle.it;

class GobgpInNamespaceTest extends PeerContract {
  GobgpInNamespaceTest() {
    super(RouterKind.GOBGP, LabKind.NAMESPACE);
  }
}
