import { ActionIcon, Modal, Text } from "@mantine/core";
import { IconQrcode } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLayer } from "../keyboard/registry";
import { uiText } from "../ui/uiText";
import { qrDetector } from "./barcodeDetector";
import { walkText } from "./walkText";

/** Fast enough to feel immediate, slow enough for an old phone. */
const LOOK_EVERY_MS = 200;

/** The camera's picture; calls `onScan` with the first code in it. */
function Camera({ onScan }: { onScan: (text: string) => void }) {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [isRefused, setIsRefused] = useState(false);
  const scan = useEffectEvent(onScan);
  useEffect(() => {
    const video = videoRef.current;
    const detector = qrDetector();
    if (!video || !detector) return;
    let stream: MediaStream | undefined;
    let isOver = false;
    const look = async () => {
      const [code] = await detector.detect(video).catch(() => []);
      if (code && !isOver) scan(code.rawValue);
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(
      (opened) => {
        stream = opened;
        if (isOver) stream.getTracks().forEach((track) => track.stop());
        else video.srcObject = stream;
      },
      () => setIsRefused(true),
    );
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  if (isRefused) return <Text>{walkText.noCamera}</Text>;
  return <video ref={videoRef} autoPlay playsInline muted style={{ width: "100%" }} />;
}

/** Scans a bin's label with the camera. Renders nothing where the browser cannot. */
export function CameraScan({ onScan }: { onScan: (text: string) => void }) {
  const [canScan] = useState(() => qrDetector() !== null);
  const [isOpen, setIsOpen] = useState(false);
  useLayer("dialog", () => setIsOpen(false), isOpen);
  if (!canScan) return null;
  return (
    <>
      <ActionIcon aria-label={walkText.scanLabel} onClick={() => setIsOpen(true)}>
        <IconQrcode size={22} />
      </ActionIcon>
      <Modal.Root opened={isOpen} onClose={() => setIsOpen(false)}>
        <Modal.Overlay />
        <Modal.Content>
          {/* A plain header element would count as a second banner landmark of the page. */}
          <Modal.Header role="presentation">
            <Modal.Title>{walkText.scanTitle}</Modal.Title>
            <Modal.CloseButton aria-label={uiText.close} />
          </Modal.Header>
          <Modal.Body>
            <Camera
              onScan={(text) => {
                setIsOpen(false);
                onScan(text);
              }}
            />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
