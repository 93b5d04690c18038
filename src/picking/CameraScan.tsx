import { ActionIcon, Modal, Text } from "@mantine/core";
import { IconQrcode } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLayer } from "../keyboard/registry";
import { uiText } from "../ui/uiText";
import { hasCamera, loadQrReader, type QrReader } from "./qrReader";
import { walkText } from "./walkText";

/** Fast enough to feel immediate, slow enough for an old phone. */
const LOOK_EVERY_MS = 200;

function stop(stream: MediaStream): void {
  stream.getTracks().forEach((track) => track.stop());
}

/** The camera's picture; calls `onScan` with the first code in it. */
function Camera({ onScan }: { onScan: (text: string) => void }) {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const scan = useEffectEvent(onScan);
  useEffect(() => {
    const video = videoRef.current;
    if (!video) return;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async (reader: QrReader) => {
      const [code] = await reader.detect(video).catch(() => []);
      if (isOver) return;
      if (code) scan(code.rawValue);
      else timer = setTimeout(() => void look(reader), LOOK_EVERY_MS);
    };
    const open = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        setProblem(walkText.noCamera);
        return;
      }
      if (isOver) {
        stop(stream);
        return;
      }
      video.srcObject = stream;
      const reader = await loadQrReader().catch(() => null);
      if (isOver) return;
      if (reader) await look(reader);
      else setProblem(walkText.noReader);
    };
    void open();
    return () => {
      isOver = true;
      clearTimeout(timer);
      if (stream) stop(stream);
    };
  }, []);
  if (problem !== null) return <Text>{problem}</Text>;
  return <video ref={videoRef} autoPlay playsInline muted style={{ width: "100%" }} />;
}

/** Scans a bin's label with the camera. Renders nothing where there is none. */
export function CameraScan({ onScan }: { onScan: (text: string) => void }) {
  const [canScan, setCanScan] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    let isOver = false;
    void hasCamera().then((has) => {
      if (!isOver) setCanScan(has);
    });
    return () => {
      isOver = true;
    };
  }, []);
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
