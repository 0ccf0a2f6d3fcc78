#!/bin/sh
# Makes synthetic-face and synthetic-image from ../shared/data: models/training/vision/run.sh WORK_FOLDER
# Each step is skipped where its result is there, so that an interrupted run goes on. About 110 CPU minutes on one core; 3 GB of disk.
# Fetches three npm packages with `npm pack` (networks that enlarge pictures, 130 MB; no dependency of the app, never committed).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
models=$here/../..
work=$1
python=${PYTHON:-/usr/bin/python3}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
mkdir -p "$work/crops" "$work/features" "$work/out"

step() { # step RESULT COMMAND…: runs the command once
  result=$1
  shift
  [ -e "$result.done" ] && return
  echo "$result"
  "$@"
  touch "$result.done"
}
faces() { # faces NAME SCRIPT ARGUMENTS…
  name=$1 script=$2
  shift 2
  "$python" "$here/$script" "$@" | node "$here/extract.ts" "$work/features" "$name"
}
patches() { # patches NAME SCRIPT ARGUMENTS…
  name=$1 script=$2
  shift 2
  "$python" "$here/$script" "$@" | node "$here/extract_patches.ts" "$work/features" "$name"
}
references() {
  "$python" "$here/references.py" make "$crops" 11 | node "$here/embed.ts" "$work/features" references
}
networks() { # the networks of upscale.py, each unpacked under its size
  for name in slim medium thick; do
    mkdir -p "$crops/networks/$name"
    (cd "$crops/networks/$name" && npm pack --silent "@upscalerjs/esrgan-$name@1.0.0" && tar -xzf ./*.tgz && rm ./*.tgz)
  done
}

crops=$work/crops
step "$crops/crops" node "$here/crops.ts" "$crops"
step "$crops/autoencoders" "$python" "$here/autoencoders.py" "$crops" 90
step "$crops/networks" networks
step "$crops/upscaled" "$python" "$here/upscale.py" make "$crops"
tested=jpeg90,jpeg70,jpeg50,half,webp,noise,screen,h264-23,h264-32,beauty
step "$work/features/clean1" faces clean1 score_sets.py "$crops" modern/real,modern/swap,modern/talking,modern/generated,real/dfdc,fake/dfdc clean
step "$work/features/clean2" faces clean2 score_sets.py "$crops" real/lfw,real/congress,fake/t2i_sfhq,fake/stylegan2_sfhq clean
step "$work/features/cond_m" faces cond_m score_sets.py "$crops" modern/swap,modern/real,modern/generated $tested 1/2
step "$work/features/cond_d" faces cond_d score_sets.py "$crops" real/dfdc,fake/dfdc $tested 1/8
step "$work/features/cond_l" faces cond_l score_sets.py "$crops" real/lfw,fake/t2i_sfhq $tested 1/14
step "$work/features/cond_c" faces cond_c score_sets.py "$crops" real/congress,fake/stylegan2_sfhq $tested 1/4
step "$work/features/cond_u" faces cond_u score_sets.py "$crops" modern/real upscaled 1/2
step "$work/features/cond_v" faces cond_v score_sets.py "$crops" real/dfdc,real/lfw upscaled 1/40
step "$work/features/cond_w" faces cond_w score_sets.py "$crops" real/congress upscaled 1/20
step "$work/features/forged1" faces forged1 forge.py "$crops" 7000 1
step "$work/features/forged2" faces forged2 forge.py "$crops" 1500 2 enhanced
for seed in 1 2 3 4 5 6; do
  step "$work/features/gen$seed" faces "gen$seed" generated.py "$crops" 7500 "$seed"
done
step "$work/out/swap" "$python" "$here/faces.py" train "$work/features" "$work/out" swap
step "$work/out/generated" "$python" "$here/faces.py" train "$work/features" "$work/out" generated
step "$work/features/references" references
step "$work/features/questioned" faces questioned references.py faces "$crops" 11
step "$work/out/scores" "$python" "$here/faces.py" score "$crops" "$work/features" "$work/out"
node "$here/export.ts" "$work/out/heads.json" "$models/synthetic-face/model.onnx"
"$python" "$here/report_faces.py" "$work/out/scores.json" "$work/out/heads.json" "$models/synthetic-face"
"$python" "$here/references.py" report "$work/features" "$work/out" "$models/face-likeness"

step "$work/features/pic_train" patches pic_train pictures.py train "$crops" 3500 1
step "$work/features/pic_test" patches pic_test pictures.py test
step "$work/features/composites" patches composites composites.py make "$crops"
step "$work/out/images" "$python" "$here/images.py" "$work/features" "$work/out"
node "$here/export.ts" "$work/out/image_trees.json" "$models/synthetic-image/model.onnx"
"$python" "$here/report_images.py" "$work/out/image_scores.json" "$work/out/image_trees.json" "$models/synthetic-image"
"$python" "$here/composites.py" measure "$work/features" "$models/synthetic-image"
echo "now: npm run build:models -- --pin synthetic-face && npm run build:models -- --pin synthetic-image"
