# Completion of the program cogent for bash.
_cogent() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="filter explain kernels filters bench --version --help"
  else
    case $before in
      --type) words="png jpg tif webp ppm pgm gif avif jp2 jxl" ;;
      --format) words="gray8 graya8 rgb8 rgba8 gray16 graya16 rgb16 rgba16" ;;
      --size) words="640x480 1280x720 1920x1080 3840x2160" ;;
      --quality | --threads | --max-pixels | --seconds) return ;;
      -o | --output | --files-from)
        compopt -o default
        return
        ;;
    esac
  fi
  if [ -z "$words" ]; then
    case $command in
      filter) words="--output --files-from --type --quality --threads --max-pixels --force --dry-run --quiet --json --help" ;;
      explain) words="--size --format --threads --max-pixels --source --assembly --json --help" ;;
      bench) words="--threads --max-pixels --seconds --json --help" ;;
      filters | kernels) words="--json --names --help" ;;
    esac
    if [[ $word != -* ]]; then
      case $command in
        filters | kernels) words=$(cogent "$command" --names 2>/dev/null) ;;
        *)
          if [ "$COMP_CWORD" -eq 2 ]; then
            words=$(cogent filters --names 2>/dev/null)
          else
            compopt -o default
            return
          fi
          ;;
      esac
    fi
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _cogent cogent
